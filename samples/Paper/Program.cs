using Samples.Paper;
using Samples.Paper.CommandLine;

return Fpe.Cli.CommandLine.Run(PaperRun.Program, () => new PaperCommand().Create(PaperRun.Execute, PaperTables.Show, PaperTables.Merge), args);
