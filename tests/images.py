"""Gray images without a library: read PGM, write and read small PNG, compare by cells."""

import struct
import zlib

LEVELS = 16  # shades kept in a PNG: 4 bits
CELL = 8     # pixels of a cell's side when images are compared


class Gray:
    """width x height bytes, 0 black to 255 white."""

    def __init__(self, width, height, pixels):
        assert len(pixels) == width * height
        self.width, self.height, self.pixels = width, height, pixels

    def row(self, y):
        return self.pixels[y * self.width:(y + 1) * self.width]

    def box(self, left, top, right, bottom):
        """Pixels of a part, clipped to the image."""
        left, top = max(0, int(left)), max(0, int(top))
        right, bottom = min(self.width, int(right) + 1), min(self.height, int(bottom) + 1)
        return b"".join(self.row(y)[left:right] for y in range(top, bottom))

    def cells(self):
        """Mean shade of each cell, row by row."""
        means = []
        for top in range(0, self.height, CELL):
            rows = [self.row(y) for y in range(top, min(top + CELL, self.height))]
            for left in range(0, self.width, CELL):
                part = b"".join(row[left:left + CELL] for row in rows)
                means.append(sum(part) / len(part))
        return means


def read_pgm(path):
    """A binary PGM of 8 bits, as pdftoppm -gray writes it."""
    data = path.read_bytes()
    kind, width, height, most, rest = data.split(maxsplit=4)[:4] + [None]
    if kind != b"P5" or most != b"255":
        raise ValueError(f"{path} is not an 8-bit PGM")
    width, height = int(width), int(height)
    rest = data[len(data) - width * height:]
    return Gray(width, height, rest)


def write_png(path, image):
    """A gray PNG of 4 bits a pixel."""
    assert LEVELS == 16
    lines = bytearray()
    for y in range(image.height):
        row = [min(LEVELS - 1, (shade + 8) // 17) for shade in image.row(y)]
        row += [0] * (len(row) % 2)
        lines.append(0)
        lines += bytes(row[x] << 4 | row[x + 1] for x in range(0, len(row), 2))

    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    header = struct.pack(">IIBBBBB", image.width, image.height, 4, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                     + chunk(b"IDAT", zlib.compress(bytes(lines), 9)) + chunk(b"IEND", b""))


def read_png(path):
    """What write_png() wrote: gray, 4 bits, no filters."""
    data, at, header, body = path.read_bytes(), 8, None, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        part = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", part)
        elif kind == b"IDAT":
            body += part
        at += size + 12
    width, height, *form = header
    if form != [4, 0, 0, 0, 0]:
        raise ValueError(f"{path} is not a golden page: gray, 4 bits")
    stride, lines, pixels = (width + 1) // 2 + 1, zlib.decompress(body), bytearray()
    for y in range(height):
        row = bytearray()
        for pair in lines[y * stride + 1:(y + 1) * stride]:
            row += bytes(((pair >> 4) * 17, (pair & 15) * 17))
        pixels += row[:width]
    return Gray(width, height, bytes(pixels))


def difference(expected, actual, most=40, common=12, share=0.01):
    """Why two images differ more than another version's anti-aliasing explains; None if they do
    not. A cell's mean may be off by `most` shades, and by `common` in that share of the cells."""
    if (expected.width, expected.height) != (actual.width, actual.height):
        return (f"is {actual.width} x {actual.height} pixels, not "
                f"{expected.width} x {expected.height}")
    off = [abs(a - b) for a, b in zip(expected.cells(), actual.cells())]
    many = sum(value > common for value in off)
    if max(off) > most or many > share * len(off):
        worst = off.index(max(off))
        across = (expected.width + CELL - 1) // CELL
        return (f"differs in {many} of {len(off)} cells, by up to {max(off):.0f} of 255 shades "
                f"at pixel {worst % across * CELL}, {worst // across * CELL}")
    return None
