#include "report/pdf_device.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <string.h>

enum {
    DEPTH_LIMIT = 8, /* of the outline */
    TITLE_LIMIT =
        200, /* characters of an outline entry or of metadata; libharu refuses 65,535 bytes */
    FONT_SYMBOLIC = 4, /* PDF 32000-1, table 123: glyphs are named by code */
    STEM = 80
};

static const char FONT_NAME[] = "ASSESS+Text";

struct PdfDevice {
    HPDF_Doc doc;
    HPDF_Encoder utf8; /* of titles and metadata */
    GPtrArray *pages;  /* of HPDF_Page */
    HPDF_Outline open[DEPTH_LIMIT];
    char *widths; /* read when the font is written, so it lives as long as the document */
};

PdfDevice *pdf_device_new(GError **error)
{
    HPDF_Doc doc = HPDF_New(NULL, NULL);
    PdfDevice *device;

    if (!doc) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_REFUSED, "the PDF library did not start");
        return NULL;
    }
    /* Before any page or font: what is made earlier stays uncompressed. */
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(doc);
    device = g_new0(PdfDevice, 1);
    device->doc = doc;
    device->utf8 = HPDF_GetEncoder(doc, "UTF-8");
    device->pages = g_ptr_array_new();
    return device;
}

void pdf_device_free(PdfDevice *device)
{
    if (!device)
        return;
    HPDF_Free(device->doc);
    g_ptr_array_unref(device->pages);
    g_free(device->widths);
    g_free(device);
}

void pdf_device_page(PdfDevice *device, double width, double height, const GString *operators)
{
    HPDF_Page page = HPDF_AddPage(device->doc);

    if (!page)
        return;
    HPDF_Page_SetWidth(page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)height);
    HPDF_Stream_Write(((HPDF_PageAttr)page->attr)->stream, (const HPDF_BYTE *)operators->str,
                      (HPDF_UINT)operators->len);
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
                     double top, guint to_page, double to_top)
{
    HPDF_Destination place = destination(device, to_page, to_top);
    HPDF_Rect area = { (HPDF_REAL)left, (HPDF_REAL)bottom, (HPDF_REAL)right, (HPDF_REAL)top };
    HPDF_Annotation link;

    if (!place || page >= device->pages->len)
        return;
    link = HPDF_Page_CreateLinkAnnot(device->pages->pdata[page], area, place);
    if (link)
        HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
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
    entry = HPDF_CreateOutline(device->doc, parent, text, device->utf8);
    if (!entry || !place)
        return;
    HPDF_Outline_SetDestination(entry, place);
    HPDF_Outline_SetOpened(entry, depth == 0);
    device->open[depth] = entry;
}

/* HPDF_SetInfoAttr() garbles UTF-8; a string object with an encoder is written right. */
static void add_info(PdfDevice *device, const char *key, const char *value)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict info = doc->info; /* there since HPDF_New() named the producer */
    g_autofree char *text = value ? shortened(value) : NULL;

    if (info && text && *text)
        HPDF_Dict_Add(info, key, HPDF_String_New(doc->mmgr, text, device->utf8));
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

void pdf_device_info(PdfDevice *device, const PdfInfo *info)
{
    HPDF_Doc doc = device->doc;

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
}

static HPDF_Dict new_object(HPDF_Doc doc, const char *type)
{
    HPDF_Dict dict = HPDF_Dict_New(doc->mmgr);

    HPDF_Xref_Add(doc->xref, dict);
    HPDF_Dict_AddName(dict, "Type", type);
    return dict;
}

static HPDF_Dict new_stream(HPDF_Doc doc, GBytes *bytes)
{
    HPDF_Dict dict = HPDF_DictStream_New(doc->mmgr, doc->xref);
    gsize size;
    const HPDF_BYTE *data = g_bytes_get_data(bytes, &size);

    if (dict) {
        dict->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
        HPDF_Stream_Write(dict->stream, data, (HPDF_UINT)size);
    }
    return dict;
}

static HPDF_Dict new_descriptor(HPDF_Doc doc, const FontSubset *font)
{
    HPDF_Dict descriptor = new_object(doc, "FontDescriptor");
    HPDF_Dict program = new_stream(doc, font->program);
    HPDF_Box box = { 0, (HPDF_REAL)font->descent, FONT_EM, (HPDF_REAL)font->ascent };

    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)g_bytes_get_size(font->program));
    HPDF_Dict_AddName(descriptor, "FontName", FONT_NAME);
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

/* libharu's arrays hold 32,767 objects at some 50 bytes each; the widths go out as text. */
static HPDF_STATUS write_cid_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const PdfDevice *device = dict->attr;

    HPDF_Stream_WriteStr(stream, "/W [0 [");
    HPDF_Stream_WriteStr(stream, device->widths);
    return HPDF_Stream_WriteStr(
        stream, "]]\n/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>\n");
}

static HPDF_Dict new_cid_font(PdfDevice *device, const FontSubset *font)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict cid = new_object(doc, "Font");

    device->widths = g_strdup(font->widths);
    HPDF_Dict_AddName(cid, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(cid, "BaseFont", FONT_NAME);
    HPDF_Dict_AddNumber(cid, "DW", FONT_EM);
    HPDF_Dict_Add(cid, "FontDescriptor", new_descriptor(doc, font));
    HPDF_Dict_Add(cid, "CIDToGIDMap", new_stream(doc, font->glyphs));
    cid->attr = device;
    cid->write_fn = write_cid_entries;
    return cid;
}

static void use_font(HPDF_Page page, HPDF_Dict font)
{
    HPDF_Dict resources = HPDF_Page_GetInheritableItem(page, "Resources", HPDF_OCLASS_DICT);
    HPDF_Dict fonts = HPDF_Dict_GetItem(resources, "Font", HPDF_OCLASS_DICT);

    if (!fonts) {
        fonts = HPDF_Dict_New(page->mmgr);
        HPDF_Dict_Add(resources, "Font", fonts);
    }
    HPDF_Dict_Add(fonts, PDF_FONT_NAME, font);
}

void pdf_device_font(PdfDevice *device, const FontSubset *font)
{
    HPDF_Doc doc = device->doc;
    HPDF_Dict type0 = new_object(doc, "Font");
    HPDF_Array descendants = HPDF_Array_New(doc->mmgr);

    HPDF_Array_Add(descendants, new_cid_font(device, font));
    HPDF_Dict_AddName(type0, "Subtype", "Type0");
    HPDF_Dict_AddName(type0, "BaseFont", FONT_NAME);
    HPDF_Dict_AddName(type0, "Encoding", "Identity-H");
    HPDF_Dict_Add(type0, "DescendantFonts", descendants);
    HPDF_Dict_Add(type0, "ToUnicode", new_stream(doc, font->to_unicode));
    for (guint i = 0; i < device->pages->len; i++)
        use_font(device->pages->pdata[i], type0);
}

GBytes *pdf_device_finish(PdfDevice *device, GError **error)
{
    HPDF_UINT32 size;
    guint8 *data;

    /* Into memory: HPDF_SaveToFile() loses the error of a full disk. */
    HPDF_SaveToStream(device->doc);
    if (HPDF_GetError(device->doc) != HPDF_OK) {
        g_set_error(error, PDF_ERROR, PDF_ERROR_REFUSED,
                    "the PDF library refused the report: error 0x%04lX, detail %lu",
                    (unsigned long)HPDF_GetError(device->doc),
                    (unsigned long)HPDF_GetErrorDetail(device->doc));
        return NULL;
    }
    size = HPDF_GetStreamSize(device->doc);
    data = g_malloc(size);
    HPDF_ResetStream(device->doc);
    HPDF_ReadFromStream(device->doc, data, &size);
    return g_bytes_new_take(data, size);
}
