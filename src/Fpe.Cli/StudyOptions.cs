using Fpe.Compute;

namespace Fpe.Cli;

/// <summary>The options of the command line.</summary>
/// <param name="Model">The model to compare with its dense parent.</param>
/// <param name="Device">The device to compute on.</param>
/// <param name="Seeds">The number of seeds, starting at 0.</param>
/// <param name="Epochs">The number of epochs of each run.</param>
/// <param name="ExpandAfter">The number of epochs before the split.</param>
/// <param name="Threads">The number of concurrent runs.</param>
/// <param name="JsonFile">The file for the runs as JSON; null for none.</param>
/// <param name="CsvFile">The file for the runs as CSV; null for none.</param>
/// <param name="CheckpointFolder">The folder in which runs are saved, each in its own subfolder; null for none.</param>
/// <param name="Resume">Whether to resume the runs in that folder.</param>
/// <param name="Results">The file or folder in which results are kept; null for none.</param>
/// <param name="Quiet">Whether to print only errors.</param>
internal sealed record StudyOptions(
    StudyModel Model, Device Device, int Seeds, int Epochs, int ExpandAfter, int Threads, string? JsonFile, string? CsvFile,
    string? CheckpointFolder, bool Resume, string? Results, bool Quiet);
