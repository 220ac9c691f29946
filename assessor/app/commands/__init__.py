"""What can be done from the command line? One module per command or group of commands."""
