#include "page/pdf_reader.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "page/pdf_device.h"

/* A document of one page with these files. */
static GBytes *document(const GPtrArray *attachments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(PdfDevice) device = pdf_device_new(&error);
    g_autoptr(GString) nothing = g_string_new("");
    PdfInfo info = { .title = "t", .language = "en", .attachments = attachments };
    GBytes *bytes;

    pdf_device_page(device, 100, 100, nothing);
    pdf_device_info(device, &info);
    bytes = pdf_device_finish(device, &error);
    cr_assert_not_null(bytes, "%s", error ? error->message : "");
    return bytes;
}

static void add(GPtrArray *files, const char *name, const char *text, gsize size)
{
    g_ptr_array_add(files, attachment_new(name, "text/plain", g_bytes_new(text, size)));
}

Test(pdf_reader, gives_back_what_was_attached)
{
    g_autoptr(GPtrArray) files = attachments_new(), read = NULL;
    g_autoptr(GBytes) pdf = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *large = g_malloc0(1000000);

    add(files, "a.csv", "question,answer\r\n", 17);
    add(files, "b.bin", "\0\1\2)\\(\r\n", 8);
    add(files, "empty.txt", "", 0);
    add(files, "large", large, 1000000);
    pdf = document(files);
    read = pdf_reader_attachments(pdf, &error);
    cr_assert_not_null(read, "%s", error ? error->message : "");
    cr_assert(eq(u32, read->len, files->len));
    for (guint i = 0; i < files->len; i++) {
        const Attachment *in = files->pdata[i], *out = read->pdata[i];

        cr_expect_str_eq(in->name, out->name);
        cr_expect(g_bytes_equal(in->bytes, out->bytes), "%s", in->name);
        cr_expect_eq(attachments_find(read, in->name), out);
    }
    cr_expect_null(attachments_find(read, "A.csv"));
}

static void check_refusal(GBytes *pdf, PdfReaderError code, const char *words)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) read = pdf_reader_attachments(pdf, &error);

    cr_expect_null(read, "%s", words);
    cr_assert_not_null(error, "%s", words);
    cr_expect(eq(int, error->code, (int)code), "%s", error->message);
    cr_expect(g_str_has_prefix(error->message, words), "%s", error->message);
}

Test(pdf_reader, refuses_what_is_no_report)
{
    g_autoptr(GPtrArray) none = attachments_new();
    g_autoptr(GBytes) bare = document(none), empty = g_bytes_new(NULL, 0);
    g_autoptr(GBytes) text = g_bytes_new_static("%PDF-1.5\nhello", 14);
    g_autofree char *zeros = g_malloc0(PDF_READER_LIMIT + 1);
    g_autoptr(GBytes) huge = g_bytes_new_static(zeros, PDF_READER_LIMIT + 1);
    g_autoptr(GBytes) largest = g_bytes_new_static(zeros, PDF_READER_LIMIT);

    check_refusal(bare, PDF_READER_ERROR_NOTHING, "has nothing attached");
    check_refusal(empty, PDF_READER_ERROR_DAMAGED, "is empty");
    check_refusal(text, PDF_READER_ERROR_DAMAGED, "is damaged, or no PDF");
    check_refusal(huge, PDF_READER_ERROR_DAMAGED, "is larger than 32 MiB");
    check_refusal(largest, PDF_READER_ERROR_DAMAGED, "is damaged, or no PDF");
}

/* As many as are taken, and one more. */
Test(pdf_reader, takes_so_many_attachments_and_no_more)
{
    g_autoptr(GPtrArray) files = attachments_new(), read = NULL;
    g_autoptr(GBytes) pdf = NULL, beyond = NULL;

    for (guint i = 0; i < PDF_READER_FILES_LIMIT; i++) {
        g_autofree char *name = g_strdup_printf("%05u", i);

        add(files, name, name, strlen(name));
    }
    pdf = document(files);
    read = pdf_reader_attachments(pdf, NULL);
    cr_assert_not_null(read);
    cr_expect(eq(u32, read->len, PDF_READER_FILES_LIMIT));
    add(files, "99999", "x", 1);
    beyond = document(files);
    check_refusal(beyond, PDF_READER_ERROR_DAMAGED,
                  "has a list of attachments that is none, or more than 200 of them");
}

/* Of one file, and of all together. */
Test(pdf_reader, takes_so_many_bytes_and_no_more)
{
    g_autoptr(GPtrArray) files = attachments_new(), read = NULL;
    g_autofree char *zeros = g_malloc0(PDF_READER_LIMIT);
    g_autoptr(GBytes) pdf = NULL, beyond = NULL;

    add(files, "a", zeros, PDF_READER_LIMIT);
    pdf = document(files);
    read = pdf_reader_attachments(pdf, NULL);
    cr_expect_not_null(read);
    add(files, "b", "x", 1);
    beyond = document(files);
    check_refusal(beyond, PDF_READER_ERROR_DAMAGED, "has attachments of more than 32 MiB");
}

/* A few megabytes that unpack to more than the library gets. */
Test(pdf_reader, refuses_what_would_fill_the_memory)
{
#ifdef __SANITIZE_ADDRESS__
    cr_skip_test("the address sanitizer ends a program that gets no memory");
#else
    const gsize size = PDF_READER_MEMORY_LIMIT;
    g_autofree char *zeros = g_malloc0(size);
    g_autoptr(Deflater) deflater = deflater_new();
    g_autoptr(GBytes) packed = deflater_pack(deflater, zeros, size), pdf = NULL;
    GString *text = g_string_new("%PDF-1.5\n1 0 obj\n<</Type/Catalog>>\nendobj\n");
    const gsize at = text->len;

    g_string_append_printf(text,
                           "2 0 obj\n<</Type/XRef/Size 3/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/"
                           "Length %" G_GSIZE_FORMAT ">>\nstream\n",
                           g_bytes_get_size(packed));
    g_string_append_len(text, g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed));
    g_string_append_printf(text, "\nendstream\nendobj\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                           at);
    pdf = g_string_free_to_bytes(text);
    check_refusal(pdf, PDF_READER_ERROR_DAMAGED, "is damaged, or no PDF");
#endif
}
