#include "page/pdf_device.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <string.h>

#include "page/digits.h"
#include "page/tag_writer.h"
#include "page/xmp.h"

enum {
    DEPTH_LIMIT = 8, /* of the outline */
    TITLE_LIMIT =
        200, /* characters of an outline entry or of metadata; libharu refuses 65,535 bytes */
    FONT_SYMBOLIC = 4, /* PDF 32000-1, table 123: glyphs are named by code */
    STEM = 80,
    ID_MASK = 0xffffff, /* of an object's header: its number */
    PACK_LIMIT = 500,   /* objects of an object stream */
    BUFFER = 1 << 15
};

static const char VERSION[] = "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n";

static const struct {
    const char *resource, *name;
} FONTS[FONT_SOURCES] = {
    [FONT_SHARED] = { "F", "ASSESS+Text" },  [FONT_OWN] = { "G", "ASSESP+Text" },
    [FONT_OWN + 1] = { "H", "ASSESH+More" }, [FONT_OWN + 2] = { "I", "ASSESI+More" },
    [FONT_OWN + 3] = { "J", "ASSESJ+More" }, [FONT_OWN + 4] = { "K", "ASSESK+More" },
};

struct PdfDevice {
    HPDF_Doc doc;
    GPtrArray *pages; /* of HPDF_Page */
    GPtrArray *links; /* of HPDF_Annotation */
    HPDF_Outline open[DEPTH_LIMIT];
    Deflater *deflater;
    GStringChunk *texts; /* what raw dictionaries hold */
    const TagTree *tree; /* NULL if there are no tags; borrowed */
    HPDF_Dict root, parents;
};

/* ---- objects ---- */

static guint id_of(gconstpointer object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & ID_MASK;
}

static HPDF_STATUS write_text(HPDF_Dict dict, HPDF_Stream stream)
{
    return dict->attr ? HPDF_Stream_WriteStr(stream, dict->attr) : HPDF_OK;
}

/* A dictionary whose entries are, or go on with, a text: libharu's own take 150 bytes a key and a
 * search for each, and its arrays hold 32,767 objects. */
static HPDF_Dict new_raw(PdfDevice *device)
{
    HPDF_Dict dict = HPDF_Dict_New(device->doc->mmgr);

    if (dict) {
        HPDF_Xref_Add(device->doc->xref, dict);
        dict->write_fn = write_text;
    }
    return dict;
}

static void set_raw(PdfDevice *device, HPDF_Dict dict, const GString *text)
{
    if (dict)
        dict->attr = g_string_chunk_insert_len(device->texts, text->str, (gssize)text->len);
}

static HPDF_STATUS write_filter(HPDF_Dict dict, HPDF_Stream stream)
{
    (void)dict;
    return HPDF_Stream_WriteStr(stream, "/Filter/FlateDecode\n");
}

/* Takes the place of libharu's own, which goes byte by byte and takes a tenth of the time of a
 * report: its calls come here, as those of any function that the program defines itself. */
HPDF_BYTE *HPDF_MemCpy(HPDF_BYTE *out, const HPDF_BYTE *in, HPDF_UINT n);
HPDF_BYTE *HPDF_MemCpy(HPDF_BYTE *out, const HPDF_BYTE *in, HPDF_UINT n)
{
    if (n > 0)
        memcpy(out, in, n);
    return out + n; /* behind what was written */
}

static void fill(HPDF_Stream stream, GBytes *bytes)
{
    gsize size;
    const HPDF_BYTE *data = g_bytes_get_data(bytes, &size);

    HPDF_Stream_Write(stream, data, (HPDF_UINT)size);
}

/* libharu names a filter only for what it compresses itself. */
static HPDF_Dict new_stream(HPDF_Doc doc, GBytes *packed)
{
    HPDF_Dict dict = HPDF_DictStream_New(doc->mmgr, doc->xref);

    if (dict) {
        dict->write_fn = write_filter;
        fill(dict->stream, packed);
    }
    return dict;
}

static HPDF_Binary new_text(HPDF_Doc doc, const char *text)
{
    glong n = 0;
    g_autofree gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    g_autofree HPDF_BYTE *bytes = g_malloc((gsize)(2 * n + 2));

    bytes[0] = 0xfe;
    bytes[1] = 0xff;
    for (glong i = 0; i < n; i++) {
        bytes[2 * i + 2] = (HPDF_BYTE)(units[i] >> 8);
        bytes[2 * i + 3] = (HPDF_BYTE)units[i];
    }
    return HPDF_Binary_New(doc->mmgr, bytes, (HPDF_UINT)(2 * n + 2));
}

PdfDevice *pdf_device_new(GError **error)
{
    HPDF_Doc doc = HPDF_New(NULL, NULL);
    PdfDevice *device;

    if (!doc) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_REFUSED, "the PDF library did not start");
        return NULL;
    }
    device = g_new0(PdfDevice, 1);
    device->doc = doc;
    device->pages = g_ptr_array_new();
    device->links = g_ptr_array_new();
    device->deflater = deflater_new();
    device->texts = g_string_chunk_new(BUFFER);
    return device;
}

void pdf_device_free(PdfDevice *device)
{
    if (!device)
        return;
    HPDF_Free(device->doc);
    g_ptr_array_unref(device->pages);
    g_ptr_array_unref(device->links);
    deflater_free(device->deflater);
    g_string_chunk_free(device->texts);
    g_free(device);
}

const char *pdf_device_font_name(FontSource source)
{
    return FONTS[source].resource;
}

Deflater *pdf_device_deflater(PdfDevice *device)
{
    return device->deflater;
}

void pdf_device_page(PdfDevice *device, double width, double height, const GString *operators)
{
    HPDF_Page page = HPDF_AddPage(device->doc);
    g_autoptr(GBytes) packed = deflater_pack(device->deflater, operators->str, operators->len);
    HPDF_PageAttr attr = page ? page->attr : NULL;

    if (!page)
        return;
    HPDF_Page_SetWidth(page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)height);
    attr->contents->write_fn = write_filter;
    fill(attr->stream, packed);
    g_ptr_array_add(device->pages, page);
}

/* [page /XYZ 0 top 0]: libharu's own setter refuses the zoom 0, which means "as it is". */
static HPDF_Destination destination(PdfDevice *device, guint page, double top)
{
    HPDF_Destination place =
        page < device->pages->len ? HPDF_Page_CreateDestination(device->pages->pdata[page]) : NULL;

    if (!place)
        return NULL;
    HPDF_Array_Clear(place);
    HPDF_Array_Add(place, device->pages->pdata[page]);
    HPDF_Array_AddName(place, "XYZ");
    HPDF_Array_AddReal(place, 0);
    HPDF_Array_AddReal(place, (HPDF_REAL)top);
    HPDF_Array_AddReal(place, 0);
    return place;
}

void pdf_device_link(PdfDevice *device, guint page, double left, double bottom, double right,
                     double top, guint to_page, double to_top, const char *says)
{
    HPDF_Destination place = destination(device, to_page, to_top);
    HPDF_Rect area = { (HPDF_REAL)left, (HPDF_REAL)bottom, (HPDF_REAL)right, (HPDF_REAL)top };
    HPDF_Annotation link;

    link = place && page < device->pages->len
               ? HPDF_Page_CreateLinkAnnot(device->pages->pdata[page], area, place)
               : NULL;
    if (link)
        HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
    if (link && says)
        HPDF_Dict_Add(link, "Contents", new_text(device->doc, says));
    g_ptr_array_add(device->links, link);
}

static char *shortened(const char *text)
{
    return g_utf8_strlen(text, -1) <= TITLE_LIMIT ? g_strdup(text)
                                                  : g_utf8_substring(text, 0, TITLE_LIMIT);
}

void pdf_device_outline(PdfDevice *device, guint depth, const char *title, guint page, double top)
{
    g_autofree char *text = shortened(title);
    HPDF_Destination place = destination(device, page, top);
    HPDF_Outline parent = depth > 0 ? device->open[depth - 1] : NULL;
    HPDF_Outline entry;

    g_return_if_fail(depth < DEPTH_LIMIT);
    entry = HPDF_CreateOutline(device->doc, parent, "", NULL);
    if (!entry || !place)
        return;
    HPDF_Dict_Add(entry, "Title", new_text(device->doc, text));
    HPDF_Outline_SetDestination(entry, place);
    HPDF_Outline_SetOpened(entry, depth == 0);
    device->open[depth] = entry;
}

/* HPDF_SetInfoAttr() garbles UTF-8. */
static void add_info(PdfDevice *device, const char *key, const char *value)
{
    HPDF_Dict info = device->doc->info; /* there since HPDF_New() named the producer */
    g_autofree char *text = value ? shortened(value) : NULL;

    if (info && text && *text)
        HPDF_Dict_Add(info, key, new_text(device->doc, text));
}

static void add_date(PdfDevice *device, gint32 days)
{
    GDate date;
    HPDF_Date stamp = { .ind = 'Z' };

    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)days);
    if (!g_date_valid(&date))
        return;
    stamp.year = g_date_get_year(&date);
    stamp.month = (HPDF_INT)g_date_get_month(&date);
    stamp.day = g_date_get_day(&date);
    HPDF_SetInfoDateAttr(device->doc, HPDF_INFO_CREATION_DATE, stamp);
}

/* The metadata once more, for programs that read XMP; never compressed, so that any can. */
static void add_xmp(PdfDevice *device, const PdfInfo *info)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict metadata = HPDF_DictStream_New(doc->mmgr, doc->xref);
    g_autofree char *packet = xmp_packet(info);

    if (!metadata)
        return;
    HPDF_Dict_AddName(metadata, "Type", "Metadata");
    HPDF_Dict_AddName(metadata, "Subtype", "XML");
    HPDF_Stream_WriteStr(metadata->stream, packet);
    HPDF_Dict_Add(doc->catalog, "Metadata", metadata);
}

/* ---- attached files: PDF 32000-1, 7.11.4 ---- */

static guint add_file(PdfDevice *device, const Attachment *attachment)
{
    HPDF_Doc doc = device->doc;
    g_autoptr(GBytes) packed = attachment_packed(attachment, device->deflater);
    HPDF_Dict file = new_stream(doc, packed), sizes = HPDF_Dict_New(doc->mmgr);

    if (!file || !sizes)
        return 0;
    HPDF_Dict_AddName(file, "Type", "EmbeddedFile");
    HPDF_Dict_AddName(file, "Subtype", attachment->type);
    HPDF_Dict_AddNumber(sizes, "Size", (HPDF_INT32)g_bytes_get_size(attachment->bytes));
    HPDF_Dict_Add(file, "Params", sizes);
    return id_of(file);
}

/* Their names are ours: letters, digits, points, dashes and underscores. */
static void add_attachments(PdfDevice *device, const GPtrArray *attachments)
{
    g_autoptr(GString) text = g_string_new("/EmbeddedFiles<</Names[");
    HPDF_Dict names = new_raw(device);

    for (guint i = 0; i < attachments->len; i++) {
        const Attachment *attachment = attachments->pdata[i];

        g_string_append_printf(text, "(%s)<</Type/Filespec/F(%s)/UF(%s)/EF<</F %u 0 R>>>>\n",
                               attachment->name, attachment->name, attachment->name,
                               add_file(device, attachment));
    }
    g_string_append(text, "]>>\n");
    set_raw(device, names, text);
    HPDF_Dict_Add(device->doc->catalog, "Names", names);
}

void pdf_device_info(PdfDevice *device, const PdfInfo *info)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict preferences = HPDF_Dict_New(doc->mmgr);

    add_info(device, "Title", info->title);
    add_info(device, "Author", info->author);
    add_info(device, "Subject", info->subject);
    add_info(device, "Keywords", info->keywords);
    add_info(device, "Creator", info->creator);
    if (info->date > 0)
        add_date(device, info->date);
    if (info->language)
        HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, info->language, NULL));
    HPDF_SetPageMode(doc, HPDF_PAGE_MODE_USE_OUTLINE);
    HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "ViewerPreferences", preferences);
    add_xmp(device, info);
    if (info->attachments)
        add_attachments(device, info->attachments);
}

/* ---- fonts ---- */

static HPDF_Dict new_object(HPDF_Doc doc, const char *type)
{
    HPDF_Dict dict = HPDF_Dict_New(doc->mmgr);

    HPDF_Xref_Add(doc->xref, dict);
    HPDF_Dict_AddName(dict, "Type", type);
    return dict;
}

static HPDF_Dict new_descriptor(HPDF_Doc doc, const FontSubset *font, const char *name)
{
    HPDF_Dict descriptor = new_object(doc, "FontDescriptor");
    HPDF_Dict program = new_stream(doc, font->program);
    HPDF_Box box = { 0, (HPDF_REAL)font->descent, FONT_EM, (HPDF_REAL)font->ascent };

    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)font->program_size);
    HPDF_Dict_AddName(descriptor, "FontName", name);
    HPDF_Dict_AddNumber(descriptor, "Flags", FONT_SYMBOLIC);
    HPDF_Dict_AddNumber(descriptor, "Ascent", font->ascent);
    HPDF_Dict_AddNumber(descriptor, "Descent", font->descent);
    HPDF_Dict_AddNumber(descriptor, "CapHeight", font->ascent);
    HPDF_Dict_AddNumber(descriptor, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(descriptor, "StemV", STEM);
    HPDF_Dict_Add(descriptor, "FontBBox", HPDF_Box_Array_New(doc->mmgr, box));
    HPDF_Dict_Add(descriptor, "FontFile2", program);
    return descriptor;
}

static HPDF_Dict new_cid_font(PdfDevice *device, const FontSubset *font, const char *name)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict cid = new_raw(device);
    g_autoptr(GString) text = g_string_new(font->widths);

    g_string_append(text, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\n");
    if (!font->glyphs)
        g_string_append(text, "/CIDToGIDMap/Identity\n");
    set_raw(device, cid, text);
    HPDF_Dict_AddName(cid, "Type", "Font");
    HPDF_Dict_AddName(cid, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(cid, "BaseFont", name);
    HPDF_Dict_Add(cid, "FontDescriptor", new_descriptor(doc, font, name));
    if (font->glyphs)
        HPDF_Dict_Add(cid, "CIDToGIDMap", new_stream(doc, font->glyphs));
    return cid;
}

/* Let all pages know an object of a kind ("Font") by a name. */
static void use_everywhere(PdfDevice *device, const char *kind, const char *name, void *object)
{
    for (guint i = 0; i < device->pages->len; i++) {
        HPDF_Page page = device->pages->pdata[i];
        HPDF_Dict resources = HPDF_Page_GetInheritableItem(page, "Resources", HPDF_OCLASS_DICT);
        HPDF_Dict known = HPDF_Dict_GetItem(resources, kind, HPDF_OCLASS_DICT);

        if (!known) {
            known = HPDF_Dict_New(page->mmgr);
            HPDF_Dict_Add(resources, kind, known);
        }
        HPDF_Dict_Add(known, name, object);
    }
}

void pdf_device_font(PdfDevice *device, FontSource source, const FontSubset *font)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict type0 = new_object(doc, "Font");
    HPDF_Array descendants = HPDF_Array_New(doc->mmgr);

    HPDF_Array_Add(descendants, new_cid_font(device, font, FONTS[source].name));
    HPDF_Dict_AddName(type0, "Subtype", "Type0");
    HPDF_Dict_AddName(type0, "BaseFont", FONTS[source].name);
    HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
    HPDF_Dict_Add(type0, "DescendantFonts", descendants);
    HPDF_Dict_Add(type0, "ToUnicode", new_stream(doc, font->to_unicode));
    use_everywhere(device, "Font", FONTS[source].resource, type0);
}

void pdf_device_image(PdfDevice *device, guint number, const Logo *image)
{
    HPDF_Doc doc = device->doc;
    g_autoptr(GBytes) packed =
        deflater_pack(device->deflater, image->dots, (gsize)image->width * image->height * 3);
    HPDF_Dict picture = new_stream(doc, packed);
    g_autofree char *name = g_strdup_printf(PDF_IMAGE_NAME "%u", number);

    if (!picture)
        return;
    HPDF_Dict_AddName(picture, "Type", "XObject");
    HPDF_Dict_AddName(picture, "Subtype", "Image");
    HPDF_Dict_AddNumber(picture, "Width", (HPDF_INT32)image->width);
    HPDF_Dict_AddNumber(picture, "Height", (HPDF_INT32)image->height);
    HPDF_Dict_AddName(picture, "ColorSpace", "DeviceRGB");
    HPDF_Dict_AddNumber(picture, "BitsPerComponent", 8);
    use_everywhere(device, "XObject", name, picture);
}

/* ---- tags ---- */

static void name_parents(PdfDevice *device)
{
    for (guint i = 0; i < device->pages->len; i++) {
        HPDF_Dict_AddNumber(device->pages->pdata[i], "StructParents", (HPDF_INT32)i);
        HPDF_Dict_AddName(device->pages->pdata[i], "Tabs", "S");
    }
    for (guint i = 0; i < device->links->len; i++)
        if (device->links->pdata[i])
            HPDF_Dict_AddNumber(device->links->pdata[i], "StructParent",
                                (HPDF_INT32)(device->pages->len + i));
}

void pdf_device_tags(PdfDevice *device, const TagTree *tree)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict root = new_raw(device), parents = new_raw(device), marks = HPDF_Dict_New(doc->mmgr);

    if (!root || !parents || !marks || tag_tree_at(tree, 0)->first == 0)
        return;
    device->tree = tree;
    device->root = root;
    device->parents = parents;
    name_parents(device);
    HPDF_Dict_AddBoolean(marks, "Marked", HPDF_TRUE);
    HPDF_Dict_Add(doc->catalog, "MarkInfo", marks);
    HPDF_Dict_Add(doc->catalog, "StructTreeRoot", root);
}

/* ---- the file: PDF 32000-1, 7.5.7 and 7.5.8 ---- */

enum { ENTRY = 7, FREE = 0, PLAIN = 1, PACKED = 2 }; /* bytes and kinds of a cross-reference */

typedef struct {
    PdfDevice *device;
    HPDF_Stream out;
    HPDF_Stream packed;   /* objects that wait for their object stream */
    GString *places;      /* their numbers and offsets */
    guint n_packed, next; /* how many wait; the next free object number */
    GByteArray *entries;  /* ENTRY bytes by object number */
} Writer;

static void set_entry(Writer *writer, guint id, guint kind, guint place, guint index)
{
    guint8 *entry;

    if (writer->entries->len < (id + 1) * ENTRY) {
        guint before = writer->entries->len;

        g_byte_array_set_size(writer->entries, (id + 1) * ENTRY);
        memset(writer->entries->data + before, 0, writer->entries->len - before);
    }
    entry = writer->entries->data + id * ENTRY;
    entry[0] = (guint8)kind;
    for (guint i = 0; i < 4; i++)
        entry[1 + i] = (guint8)(place >> (24 - 8 * i));
    entry[5] = (guint8)(index >> 8);
    entry[6] = (guint8)index;
}

static void write_bytes(HPDF_Stream out, const void *data, gsize size)
{
    HPDF_Stream_Write(out, data, (HPDF_UINT)size);
}

static void begin_object(Writer *writer, guint id)
{
    g_autofree char *text = g_strdup_printf("%u 0 obj\n", id);

    set_entry(writer, id, PLAIN, writer->out->size, 0);
    HPDF_Stream_WriteStr(writer->out, text);
}

/* A stream that libharu knows nothing of. */
static void write_stream(Writer *writer, guint id, const char *entries, const GString *content)
{
    g_autoptr(GBytes) packed = deflater_pack(writer->device->deflater, content->str, content->len);
    g_autofree char *head =
        g_strdup_printf("<<%s/Filter/FlateDecode/Length %" G_GSIZE_FORMAT ">>\nstream\n", entries,
                        g_bytes_get_size(packed));

    begin_object(writer, id);
    HPDF_Stream_WriteStr(writer->out, head);
    fill(writer->out, packed);
    HPDF_Stream_WriteStr(writer->out, "\nendstream\nendobj\n");
}

static void append_stream(GString *out, HPDF_Stream stream)
{
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT size = 0;
        const HPDF_BYTE *data = HPDF_MemStream_GetBufPtr(stream, i, &size);

        g_string_append_len(out, (const char *)data, size);
    }
}

static void write_packed(Writer *writer)
{
    g_autoptr(GString) content = g_string_new_len(writer->places->str, (gssize)writer->places->len);
    g_autofree char *entries = g_strdup_printf("/Type/ObjStm/N %u/First %" G_GSIZE_FORMAT,
                                               writer->n_packed, writer->places->len);

    if (writer->n_packed == 0)
        return;
    append_stream(content, writer->packed);
    write_stream(writer, writer->next++, entries, content);
    HPDF_MemStream_FreeData(writer->packed);
    g_string_truncate(writer->places, 0);
    writer->n_packed = 0;
}

/* What is written to `packed` next is this object. */
static void begin_packed(Writer *writer, guint id)
{
    if (writer->n_packed == PACK_LIMIT)
        write_packed(writer);
    set_entry(writer, id, PACKED, writer->next, writer->n_packed++);
    digits_fill(writer->places, "# # ", id, writer->packed->size);
}

static void pack_object(Writer *writer, guint id, void *object)
{
    begin_packed(writer, id);
    HPDF_Obj_WriteValue(object, writer->packed, NULL);
    HPDF_Stream_WriteChar(writer->packed, '\n');
}

static gboolean is_stream(void *object)
{
    return (((HPDF_Obj_Header *)object)->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT &&
           ((HPDF_Dict)object)->stream;
}

static guint *ids_of(const GPtrArray *objects)
{
    guint *ids = g_new0(guint, objects->len + 1);

    for (guint i = 0; i < objects->len; i++)
        ids[i] = objects->pdata[i] ? id_of(objects->pdata[i]) : 0;
    return ids;
}

/* Elements, which may be tens of thousands, are no objects of libharu's: their numbers follow on
 * from its own. Those without content are left out. */
static guint *number_elements(Writer *writer, const TagTree *tree)
{
    guint *ids = g_new0(guint, tree->elements->len);

    for (guint i = 0; i < tree->elements->len; i++)
        ids[i] = tag_tree_at(tree, i)->first ? writer->next++ : 0;
    return ids;
}

static void write_tags(Writer *writer)
{
    PdfDevice *device = writer->device;
    const TagTree *tree = device->tree;
    g_autofree guint *pages = ids_of(device->pages);
    g_autofree guint *links = ids_of(device->links);
    g_autofree guint *elements = number_elements(writer, tree);
    TagIds ids = { id_of(device->root), elements,          pages, links,
                   device->pages->len,  device->links->len };
    g_autoptr(GString) out = g_string_sized_new(BUFFER);

    tag_writer_parents(out, tree, &ids);
    set_raw(device, device->parents, out);
    g_string_truncate(out, 0);
    digits_fill(out, "/Type/StructTreeRoot/K # 0 R/ParentTree # 0 R/ParentTreeNextKey #",
                elements[0], id_of(device->parents), device->pages->len + device->links->len);
    set_raw(device, device->root, out);
    for (guint i = 0; i < tree->elements->len; i++) {
        if (!elements[i])
            continue;
        g_string_assign(out, "<<");
        tag_writer_element(out, tree, &ids, i);
        g_string_append(out, ">>\n");
        begin_packed(writer, elements[i]);
        write_bytes(writer->packed, out->str, out->len);
    }
}

static void write_objects(Writer *writer)
{
    HPDF_Xref xref = writer->device->doc->xref;

    if (writer->device->tree)
        write_tags(writer);
    for (guint i = 1; i < xref->entries->count; i++) {
        void *object = HPDF_Xref_GetEntry(xref, i)->obj;

        if (!is_stream(object)) {
            pack_object(writer, i, object);
            continue;
        }
        begin_object(writer, i);
        HPDF_Obj_WriteValue(object, writer->out, NULL);
        HPDF_Stream_WriteStr(writer->out, "\nendobj\n");
    }
    write_packed(writer);
}

static void write_references(Writer *writer)
{
    HPDF_Doc doc = writer->device->doc;
    guint id = writer->next, start = writer->out->size;
    g_autoptr(GString) content = g_string_new(NULL);
    g_autofree char *entries =
        g_strdup_printf("/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R", id + 1,
                        id_of(doc->catalog), id_of(doc->info));
    g_autofree char *tail = g_strdup_printf("startxref\n%u\n%%%%EOF\n", start);

    set_entry(writer, 0, FREE, 0, 0xffff);
    set_entry(writer, id, PLAIN, start, 0);
    g_string_append_len(content, (const char *)writer->entries->data, writer->entries->len);
    write_stream(writer, id, entries, content);
    HPDF_Stream_WriteStr(writer->out, tail);
}

/* In place of HPDF_SaveToStream(), which knows no object streams. */
static GBytes *write_file(PdfDevice *device)
{
    HPDF_Doc doc = device->doc;
    Writer writer = { .device = device,
                      .out = HPDF_MemStream_New(doc->mmgr, BUFFER),
                      .packed = HPDF_MemStream_New(doc->mmgr, BUFFER),
                      .places = g_string_new(NULL),
                      .next = doc->xref->entries->count,
                      .entries = g_byte_array_new() };
    GString *file = g_string_new(NULL);

    if (writer.out && writer.packed) {
        write_bytes(writer.out, VERSION, sizeof VERSION - 1);
        write_objects(&writer);
        write_references(&writer);
        append_stream(file, writer.out);
    }
    HPDF_Stream_Free(writer.out);
    HPDF_Stream_Free(writer.packed);
    g_string_free(writer.places, TRUE);
    g_byte_array_unref(writer.entries);
    return g_string_free_to_bytes(file);
}

GBytes *pdf_device_finish(PdfDevice *device, GError **error)
{
    g_autoptr(GBytes) file = HPDF_GetError(device->doc) == HPDF_OK ? write_file(device) : NULL;

    if (HPDF_GetError(device->doc) == HPDF_OK)
        return g_steal_pointer(&file);
    g_set_error(error, PDF_ERROR, PDF_ERROR_REFUSED,
                "the PDF library refused the report: error 0x%04lX, detail %lu",
                (unsigned long)HPDF_GetError(device->doc),
                (unsigned long)HPDF_GetErrorDetail(device->doc));
    return NULL;
}
