#include "page/xmp.h"

#include "base/date.h"

/* How a text stands in the packet: alone, or as one of several. */
typedef struct {
    const char *before, *after;
} Form;

static const Form PLAIN = { "", "" },
                  DEFAULT = { "<rdf:Alt><rdf:li xml:lang=\"x-default\">", "</rdf:li></rdf:Alt>" },
                  LIST = { "<rdf:Seq><rdf:li>", "</rdf:li></rdf:Seq>" },
                  SET = { "<rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag>" };

static void put(GString *out, const char *name, const Form *form, const char *text)
{
    g_autofree char *escaped = text ? g_markup_escape_text(text, -1) : NULL;

    if (escaped && *escaped)
        g_string_append_printf(out, "<%s>%s%s%s</%s>\n", name, form->before, escaped, form->after,
                               name);
}

char *xmp_packet(const PdfInfo *info)
{
    GString *out = g_string_new(
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
    g_autofree char *date = info->date > 0 ? date_text(info->date) : NULL;

    put(out, "dc:format", &PLAIN, "application/pdf");
    put(out, "dc:title", &DEFAULT, info->title);
    put(out, "dc:creator", &LIST, info->author);
    put(out, "dc:description", &DEFAULT, info->subject);
    put(out, "dc:language", &SET, info->language);
    put(out, "pdf:Keywords", &PLAIN, info->keywords);
    put(out, "xmp:CreatorTool", &PLAIN, info->creator);
    put(out, "xmp:CreateDate", &PLAIN, date);
    g_string_append(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    return g_string_free(out, FALSE);
}
