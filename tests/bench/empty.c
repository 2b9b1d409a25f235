/* What does a process cost that does nothing? Linked with the libraries of the judge, used or
 * not. */
int
main(void)
{
    return 0;
}
