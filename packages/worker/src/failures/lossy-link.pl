# Joins two network devices by a line that delays every packet and loses some: what `tc netem` does, where the kernel has none.
# lossy-link.pl DEVICE DEVICE SECONDS SHARE
use strict;
use warnings;
use Time::HiRes qw(time);

my ($first, $second, $delay, $loss) = @ARGV;
my ($set_device, $packets_alone) = (0x400454ca, 0x1001); # TUNSETIFF; IFF_TUN | IFF_NO_PI
my @ends = map {
  open(my $end, '+<:raw', '/dev/net/tun') or die "/dev/net/tun: $!";
  ioctl($end, $set_device, pack('a16 s x22', $_, $packets_alone)) or die "$_: $!";
  $end;
} $first, $second;
srand(1);
$| = 1;
print "ready\n";

my @under_way; # [when it arrives, where, packet], in this order
for (;;) {
  my $watched = '';
  vec($watched, fileno($_), 1) = 1 for @ends;
  my $pause = @under_way ? $under_way[0][0] - time : undef;
  select($watched, undef, undef, defined $pause && $pause < 0 ? 0 : $pause);
  for my $i (0, 1) {
    next unless vec($watched, fileno($ends[$i]), 1) && sysread($ends[$i], my $packet, 65536);
    push @under_way, [time + $delay, $ends[1 - $i], $packet] if rand() >= $loss;
  }
  while (@under_way && $under_way[0][0] <= time) {
    my (undef, $to, $packet) = @{shift @under_way};
    syswrite($to, $packet); # Fails while the device is down.
  }
}
