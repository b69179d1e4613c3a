using System.Globalization;
using PairsOfCalls;

// PairsOfCalls [seconds [seed]]: makes every pair of calls on one model at the same time, from several threads, again and again.
double seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 60;
long seed = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1;
return new PairLoop(TimeSpan.FromSeconds(seconds), seed).Run() ? 0 : 1;
