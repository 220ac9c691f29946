"""What does the report say about the sample of files and the interviews? Name → (id, en)."""

from collections.abc import Mapping

SAMPLE: Mapping[str, tuple[str, str]] = {
    "sample": ("Telusur berkas dan wawancara", "Record sample and interviews"),
    "sample_lead": (
        "Berkas dipilih sistem secara acak dari daftar klien. Yang tercatat hanya urutan berkas "
        "pada daftar, tanpa nama dan nomor klien. Dengan benih dan panjang daftar di bawah ini "
        "siapa pun dapat mengulang undian dan mendapat berkas yang sama.",
        "The system drew the files at random from the lists of clients. Only the place of a file "
        "in its list is recorded, no name and no number of a client. With the seed and the lengths "
        "below anybody can make the draw again and gets the same files.",
    ),
    "sample_draw": ("Sampel yang dipakai: %(label)s", "Sample used: %(label)s"),
    "sample_earlier": ("Sampel sebelumnya: %(label)s", "Earlier sample: %(label)s"),
    "sample_size": ("Ukuran", "Size"),
    "sample_of": ("%(size)s berkas dari %(register)s", "%(size)s files of %(register)s"),
    "sample_drawn": ("Diambil", "Drawn"),
    "sample_seed": ("Benih undian", "Seed of the draw"),
    "sample_reason": ("Alasan", "Reason"),
    "sample_list": ("Daftar", "List"),
    "sample_length": ("Panjang", "Length"),
    "sample_positions": ("Berkas: urutan pada daftar", "File: place in the list"),
    "sample_items": ("Hasil telusur berkas per butir", "Record sample, item by item"),
    "sample_no_items": ("Belum ada berkas yang dinilai.", "No file was judged."),
    "sample_item": ("Butir", "Item"),
    "sample_met": ("Sesuai", "Conform"),
    "sample_unmet": ("Tidak sesuai", "Do not conform"),
    "sample_waved": ("Tidak berlaku", "Not applicable"),
    "sample_choice": ("Usulan nilai", "Suggested score"),
    "sample_open": ("belum semua berkas dilihat", "not all files were looked at"),
    "interviews": ("Wawancara", "Interviews"),
    "interviews_lead": (
        "Jumlah orang yang diajak bicara oleh tim, per kelompok.",
        "How many people the team spoke with, by kind.",
    ),
    "interviews_count": ("%(count)s orang", "%(count)s people"),
}
