using Samples.Paper;
using Samples.Paper.CommandLine;

return Fpe.Cli.CommandLine.Run(PaperRun.Program, () => new PaperCommand().Create(PaperRun.Execute, PaperRun.ShowTables), args);
