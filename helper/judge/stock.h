/* What is a judge sure to need, asked for at once and not piece by piece? */
#ifndef PJWT_JUDGE_STOCK_H
#define PJWT_JUDGE_STOCK_H

/* Memory, chance for jansson, a SQLite for one thread: to be called before anything is
 * allocated or opened. What cannot be had comes later, as it would have without this. */
void pjwt_stock(void);

#endif
