"""One adapter a file: each only translates between a platform and the conversation."""
