"""What the commands of readiness share."""
