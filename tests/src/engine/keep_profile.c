/* Lets a MiniBrowser that is driven by WebDriver keep a profile, as it does without a driver. */
#include <stddef.h>
#include <stdlib.h>

extern void *webkit_website_data_manager_new(const char *first, ...);

/* The one place where MiniBrowser decides that a driven browser keeps nothing on the disk. */
void *webkit_website_data_manager_new_ephemeral(void) {
    return webkit_website_data_manager_new(
        "base-data-directory", getenv("QUIRE_WEBKIT_DATA"),
        "base-cache-directory", getenv("QUIRE_WEBKIT_CACHE"), NULL);
}
