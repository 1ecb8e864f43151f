"""One wing: conversations, one file each, and the understanding that leads a message to the right one."""
