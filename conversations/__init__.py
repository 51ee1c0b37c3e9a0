"""What is said: pure steps from a state and an event to a state and replies, for any platform."""
