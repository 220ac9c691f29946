"""Does the virus scanner answer, and what waits for it?"""

from collections.abc import Mapping

from assessor.evidence.scanning import count_scans
from assessor.installation.settings import Name
from assessor.sentences import Sentence
from assessor.upkeep.findings import Finding, House, State, Thing
from evidence_store.scanning import ScannerDown, scanner_from_url


def look_at_scanner(house: House, _limits: Mapping[Name, int]) -> Finding:
    """Ask it, and count what it has not answered for."""
    scanner = scanner_from_url(house.settings.scanner_url)
    if scanner is None:
        words = Sentence(
            "Belum ada pemindai virus: berkas diterima dan ditampilkan tanpa pemeriksaan virus."
        )
        remedy = Sentence("Buka berkas asli hanya di komputer yang punya antivirus.")
        return Finding(Thing.scanner, State.unset, words, remedy)
    counted = count_scans(house.session)
    try:
        version = scanner.version()
    except ScannerDown as error:
        words = Sentence(
            "Pemindai virus tidak menjawab (%(detail)s). %(waiting)s berkas menunggu dan hanya "
            "dilihat pengirim dan tim penilai.",
            {"detail": str(error), "waiting": counted.waiting},
        )
        remedy = Sentence(
            "Jalankan pemindai, atau periksa %(setting)s. Yang menunggu dipindai sendiri "
            "sesudahnya.",
            {"setting": "ASSESSOR_SCANNER_URL"},
        )
        return Finding(Thing.scanner, State.bad, words, remedy)
    if counted.waiting or counted.found:
        words = Sentence(
            "%(version)s menjawab. %(waiting)s berkas menunggu dipindai, %(found)s berisi virus.",
            {"version": version, "waiting": counted.waiting, "found": counted.found},
        )
        remedy = Sentence("Yang menunggu dipindai sendiri; yang berisi virus tidak dapat dibuka.")
        return Finding(Thing.scanner, State.watch, words, remedy, house.clock())
    words = Sentence(
        "%(version)s menjawab; tidak ada yang menunggu. %(never)s berkas lama belum pernah "
        "dipindai.",
        {"version": version, "never": counted.never},
    )
    return Finding(Thing.scanner, State.well, words, None, house.clock())
