"""Air defence in numbers: classes of threat against classes of system. No chances, no places."""
