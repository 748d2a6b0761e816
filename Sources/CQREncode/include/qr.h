#include <stddef.h>

/* A QR code made by libqrencode, which is loaded when the first one is made: a build that changes nothing needs none. */

typedef struct qr qr;

/* Whether the library is there. */
int qr_is_available(void);

/* The code of a text, with error correction M, in bytes; NULL where no code holds it, or without the library. */
qr *qr_make(const char *text);

/* Modules along a side, and those modules, row by row: the lowest bit of each says whether it is dark. */
size_t qr_width(const qr *code);
const unsigned char *qr_modules(const qr *code);

void qr_free(qr *code);
