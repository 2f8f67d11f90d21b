#include "intake/personal.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

Test(personal, is_known_by_the_text_of_a_cell)
{
    static const struct {
        const char *text;
        Personal personal;
    } CASES[] = {
        { "a.b@example.org", PERSONAL_MAIL },
        { " a@example.co.uk ", PERSONAL_MAIL },
        { "a@b", PERSONAL_NOT },
        { "@example.org", PERSONAL_NOT },
        { "mail a@example.org", PERSONAL_NOT },
        { "a@@example.org", PERSONAL_NOT },
        { "a@example.org.", PERSONAL_NOT },
        { "192.0.2.1", PERSONAL_ADDRESS },
        { "192.0.2.1(上海-上海)", PERSONAL_ADDRESS },
        { "2001:db8:0:0:0:0:0:1", PERSONAL_ADDRESS },
        { "1.2.3", PERSONAL_NOT },
        { "1234.5.6.7", PERSONAL_NOT },
        { "12:30:00", PERSONAL_NOT },
        { "13800138000", PERSONAL_PHONE },
        { "138 0013 8000", PERSONAL_PHONE },
        { "+49 30 1234567", PERSONAL_PHONE },
        { "'+91 99999 11111", PERSONAL_PHONE },
        { "11400000000", PERSONAL_NOT },
        { "114000000001", PERSONAL_NOT },
        { "2026-09-03", PERSONAL_NOT },
        { "1.54", PERSONAL_NOT },
        { "+1+1", PERSONAL_NOT },
        { "A.ERP", PERSONAL_NOT },
        { "", PERSONAL_NOT },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_expect(eq(int, (int)personal_text(CASES[i].text, strlen(CASES[i].text)),
                     (int)CASES[i].personal),
                  "\"%s\"", CASES[i].text);
}

Test(personal, is_known_by_the_name_of_a_column)
{
    static const struct {
        const char *name;
        Personal personal;
    } CASES[] = {
        { "IP Address", PERSONAL_ADDRESS },  { "来自IP", PERSONAL_ADDRESS },
        { "RecipientEmail", PERSONAL_MAIL }, { "  E-Mail ", PERSONAL_MAIL },
        { "姓名", PERSONAL_NAME },           { "LocationLatitude", PERSONAL_PLACE },
        { "联系电话", PERSONAL_PHONE },      { "Company name", PERSONAL_NOT },
        { "企业名称", PERSONAL_NOT },        { "", PERSONAL_NOT },
        { "UA", PERSONAL_DEVICE },           { "DeviceID", PERSONAL_DEVICE },
        { "联系人姓名", PERSONAL_NAME },     { "3、填报人：", PERSONAL_NAME },
        { "负责人", PERSONAL_NAME },         { "法定代表人", PERSONAL_NAME },
        { "微信", PERSONAL_NAME },           { "Q12. Respondent name *", PERSONAL_NAME },
        { "Address", PERSONAL_PLACE },       { "地址", PERSONAL_PLACE },
        { "联系地址", PERSONAL_PLACE },      { "工厂地址", PERSONAL_NOT },
        { "Factory address", PERSONAL_NOT }, { "3、", PERSONAL_NOT },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        cr_expect(eq(int, (int)personal_column(CASES[i].name), (int)CASES[i].personal), "\"%s\"",
                  CASES[i].name);
}

Test(personal, masks_what_is_about_a_person_within_a_text)
{
    static const struct {
        const char *text, *masked;
    } cases[] = {
        { "ask li@example.org today", "ask [e-mail] today" },
        { "\"li@example.org\" is neither yes nor no", "\"[e-mail]\" is neither yes nor no" },
        { "li\uff20example.org", "[e-mail]" },
        { "a long text that ends in li@exa...", "a long text that ends in [e-mail]" },
        { "from 10.20.30.40, at night", "from [IP address], at night" },
        { "2001:db8:0:0:1::7", "[IP address]" },
        { "call 13800138000 or 138 0013 8000", "call [phone number] or [phone number]" },
        { "\u7535\u8bdd13800138000", "\u7535\u8bdd[phone number]" },
        { "010-12345678", "[phone number]" },
        { "(0755) 1234567", "[phone number]" },
        { "+49 30 1234567", "[phone number]" },
        { "+86-138-0013-8000", "[phone number]" },
    };
    static const char *const kept[] = {
        "",
        "yes",
        "2024",
        "1,234",
        "12.5",
        "2025-03-01",
        "2025-03-01 10:20:30",
        "2024.03.01",
        "91150000000000000Y",
        "911500000000000001",
        "1.2.3",
        "1234567890123",
        "12345678901",
        "+1e5",
        "-1 234",
        "GB/T 39116-2020",
        "\"maybe\" is neither yes nor no",
        "[e-mail] [IP address] [phone number]",
        "256.300.1.1",
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *masked = personal_masked(cases[i].text);

        cr_expect(eq(str, masked, (char *)cases[i].masked));
    }
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
        g_autofree char *masked = personal_masked(kept[i]);

        cr_expect(eq(str, masked, (char *)kept[i]));
    }
}

Test(personal, masks_before_it_cuts)
{
    g_autofree char *quoted = personal_quote("ask li@example.org today", 15);

    cr_expect(eq(str, quoted, "\"ask [e-mail]...\""));
}
