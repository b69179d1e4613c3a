using Fpe.Cli;
using Samples.Sections;

return CommandLine.Run(SectionsCommand.Program, () => SectionsCommand.Create(SectionsRun.Execute), args);
