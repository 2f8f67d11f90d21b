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
