"""What has to be done later, surely, and not in the request that asked for it?"""
