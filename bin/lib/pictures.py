"""Pictures for the tests, made and judged by libraries that are not ours.

pictures.py make KIND MARK      writes a photo to stdout: KIND is jpeg, progressive, png or heic. Wherever such a file may tell of
                                itself MARK stands in it, with a place on the map; it lies on its side.
pictures.py compare ONE OTHER   prints as JSON whether the two files show the same picture, the same way up, and what OTHER tells
                                beside it.
"""
import io
import json
import sys

import pillow_heif
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

pillow_heif.register_heif_opener()

ON_ITS_SIDE = 6
MAKE, ORIENTATION, DESCRIPTION, GPS = 0x010F, 0x0112, 0x010E, 0x8825


def photo():
    picture = Image.new("RGB", (96, 64))
    picture.putdata([(x * 2, y * 3, (x * y) % 251) for y in range(64) for x in range(96)])
    return picture


def exif(mark):
    tags = Image.Exif()
    tags[MAKE] = mark
    tags[DESCRIPTION] = mark
    tags[ORIENTATION] = ON_ITS_SIDE
    tags[GPS] = {1: "N", 2: (64.0, 7.0, 42.0), 3: "E", 4: (29.0, 31.0, 5.0), 28: b"ASCII\0\0\0" + mark.encode()}
    return tags.tobytes()


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def xmp(mark):
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{mark}</rdf:RDF></x:xmpmeta>'.encode()


def segment(marker, content):
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def jpeg(mark, progressive):
    plain = io.BytesIO()
    photo().save(plain, "JPEG", exif=exif(mark), xmp=xmp(mark), icc_profile=profile(), comment=mark, progressive=progressive)
    content = plain.getvalue()
    note = segment(0xFE, mark.encode())
    first = content.index(b"\xff\xda")
    if progressive:
        # Between the scans as well.
        second = content.index(b"\xff\xda", first + 2)
        content = content[:second] + note + segment(0xE1, b"Exif\0\0" + exif(mark)) + content[second:]
    iptc = segment(0xED, b"Photoshop 3.0\0" + mark.encode())
    content = content[:2] + iptc + segment(0xEF, mark.encode()) + content[2:]
    # A second picture behind the first, as telephones add one.
    second = io.BytesIO()
    photo().resize((8, 8)).save(second, "JPEG", exif=exif(mark))
    return content + second.getvalue() + mark.encode()


def png(mark):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", mark)
    texts.add_itxt("XML:com.adobe.xmp", xmp(mark).decode())
    texts.add_text("Description", mark, zip=False)
    texts.add(b"tIME", bytes([7, 234, 11, 26, 12, 0, 0]))
    texts.add(b"prVt", mark.encode(), after_idat=True)
    made = io.BytesIO()
    photo().save(made, "PNG", pnginfo=texts, exif=exif(mark), icc_profile=profile())
    return made.getvalue() + mark.encode()


def heic(mark):
    made = io.BytesIO()
    photo().save(made, "HEIF", exif=exif(mark), xmp=xmp(mark), quality=60)
    # A box of one's own at the end.
    content = mark.encode()
    return made.getvalue() + (len(content) + 24).to_bytes(4, "big") + b"uuid" + bytes(16) + content


def make(kind, mark):
    makers = {"jpeg": lambda: jpeg(mark, False), "progressive": lambda: jpeg(mark, True), "png": lambda: png(mark), "heic": lambda: heic(mark)}
    sys.stdout.buffer.write(makers[kind]())


def told(picture):
    """What a picture tells beside itself, without what is needed to draw it."""
    tags = {"exif " + hex(tag) for tag in picture.getexif()}
    words = {name for name in ("xmp", "comment", "photoshop", "Comment", "Description", "XML:com.adobe.xmp", "timestamp") if picture.info.get(name)}
    return sorted(tags | words)


def compare(one, other):
    first, second = Image.open(one), Image.open(other)
    before, after = ImageOps.exif_transpose(first), ImageOps.exif_transpose(second)
    print(json.dumps({
        "samePicture": before.tobytes() == after.tobytes() and before.size == after.size,
        "size": after.size,
        "hasProfile": bool(second.info.get("icc_profile")),
        "told": told(second),
        "toldBefore": told(first),
    }))


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](*sys.argv[2:])
