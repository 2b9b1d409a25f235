# Time at login, and time until a revocation bites. plot.sh sets `data`.
set terminal svg size 960,430 dynamic enhanced font 'sans-serif,13' background rgb 'white'
set multiplot layout 1,2
set border 3 lc rgb '#444444'
set tics nomirror out
set grid ytics lc rgb '#dddddd'
set boxwidth 0.6
set style fill solid 1.0 noborder
set xtics rotate by 0
set tmargin 3
set bmargin 4

set title 'One login through libpam: median, and up to p99'
set ylabel 'milliseconds'
set yrange [0:*]
set xrange [0.4:5.6]
set xtics ("JWT\nEd25519" 1, "JWT\nRS256" 2, "ticket" 3, "both:\nticket" 4, "both:\nexchange" 5)
unset key
plot data.'/time' using 1:2 with boxes lc rgb '#4477aa', \
     '' using 1:2:(0):($3-$2) with vectors head size graph 0.015,90 lc rgb '#222222' lw 1.5

set title 'From revoking to the refusal: median, and the worst'
set ylabel 'time, logarithmic'
set logscale y
set yrange [1:10000000]
set ytics ('1 ms' 1, '10 ms' 10, '100 ms' 100, '1 s' 1000, '10 s' 10000, '1 min' 60000, '5 min' 300000, '15 min' 900000)
set xrange [0.4:4.6]
set xtics ("JWT\nEd25519" 1, "JWT\nRS256" 2, "ticket" 3, "both" 4)
# Between what is remembered and what is not.
set key at graph 0.98,0.66 right top Left reverse samplen 1 spacing 1.2
plot data.'/auth' using ($1-0.2):2:2:3 with yerrorbars pt 7 ps 0.9 lw 1.5 lc rgb '#4477aa' title 'the next login', \
     data.'/account' using 1:2:2:3 with yerrorbars pt 5 ps 0.9 lw 1.5 lc rgb '#228833' title 'the account check', \
     data.'/open' using ($1+0.2):2:2:3 with yerrorbars pt 9 ps 1.1 lw 1.5 lc rgb '#aa3377' title 'an open login ends', \
     data.'/life' using 1:2 with points pt 4 ps 1.1 lw 1.5 lc rgb '#cc3311' title 'no session file: it expires'
unset multiplot
