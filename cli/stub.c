#include "cli/app.h"
int cmd_report(App *a){(void)a;return 0;}
int cmd_run(App *a){(void)a;return 0;} int cmd_status(App *a){(void)a;return 0;} int cmd_stat(App *a){(void)a;return 0;}
int cmd_config(App *a){(void)a;return 0;} int cmd_doctor(App *a){(void)a;return 0;}
