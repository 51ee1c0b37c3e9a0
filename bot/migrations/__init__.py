"""The schema's history, one file a change in ``versions``; run at every start."""
