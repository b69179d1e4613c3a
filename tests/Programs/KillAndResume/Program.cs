using System.Globalization;
using KillAndResume;

// KillAndResume [kills [seed]]: kills and resumes training processes, and compares what they leave with an uninterrupted run.
// KillAndResume train kind folder threads: is such a process.
if (args is ["train", var kind, var folder, var threads])
    return TrainingProcess.Run(kind, folder, int.Parse(threads, CultureInfo.InvariantCulture));

int kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
long seed = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 1;
return new KillLoop(kills, seed).Run() ? 0 : 1;
