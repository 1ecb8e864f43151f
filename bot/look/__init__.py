"""What all pages of ours look like: colours, type and icons."""
