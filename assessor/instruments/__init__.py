"""With which edition of which instrument is it judged, and who approved it?"""
