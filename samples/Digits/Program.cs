using Fpe.Cli;
using Samples.Digits;

return Study.Run(args, DigitsStudy.Definition);
