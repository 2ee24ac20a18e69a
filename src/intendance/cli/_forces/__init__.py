"""What the commands of the room forces share."""
