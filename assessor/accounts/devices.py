"""Which device is this, in words its owner recognises?"""

# in this order: the names that others also claim come last
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def describe_device(user_agent: str) -> str:
    """`Chrome · Android`; empty when the browser does not say."""
    found = [
        next((word for mark, word in words if mark in user_agent), "")
        for words in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(word for word in found if word)
