#include "page/attachment.h"

#include <string.h>

Attachment *attachment_new(const char *name, const char *type, GBytes *bytes)
{
    Attachment *attachment = g_new0(Attachment, 1);

    attachment->name = g_strdup(name);
    attachment->type = g_strdup(type);
    attachment->bytes = bytes;
    return attachment;
}

Attachment *attachment_copy(const Attachment *attachment)
{
    Attachment *copy =
        attachment_new(attachment->name, attachment->type, g_bytes_ref(attachment->bytes));

    copy->packed = attachment->packed ? g_bytes_ref(attachment->packed) : NULL;
    return copy;
}

GPtrArray *attachments_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)attachment_free);
}

void attachment_free(Attachment *attachment)
{
    if (!attachment)
        return;
    g_free(attachment->name);
    g_free(attachment->type);
    g_clear_pointer(&attachment->bytes, g_bytes_unref);
    g_clear_pointer(&attachment->packed, g_bytes_unref);
    g_free(attachment);
}

static GBytes *pack(const Attachment *attachment, Deflater *deflater)
{
    gsize size;
    const void *data = g_bytes_get_data(attachment->bytes, &size);

    return deflater_pack(deflater, data, size);
}

void attachment_pack(Attachment *attachment, Deflater *deflater)
{
    if (!attachment->packed)
        attachment->packed = pack(attachment, deflater);
}

GBytes *attachment_packed(const Attachment *attachment, Deflater *deflater)
{
    return attachment->packed ? g_bytes_ref(attachment->packed) : pack(attachment, deflater);
}

const Attachment *attachments_find(const GPtrArray *attachments, const char *name)
{
    for (guint i = 0; i < attachments->len; i++) {
        const Attachment *attachment = attachments->pdata[i];

        if (strcmp(attachment->name, name) == 0)
            return attachment;
    }
    return NULL;
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp((*(const Attachment *const *)a)->name, (*(const Attachment *const *)b)->name);
}

void attachments_sort(GPtrArray *attachments)
{
    g_ptr_array_sort(attachments, compare);
}
