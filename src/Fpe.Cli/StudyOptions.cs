using Fpe.Compute;

namespace Fpe.Cli;

/// <summary>What the command line asks for.</summary>
/// <param name="Model">The model to compare with its dense parent.</param>
/// <param name="Device">What to compute on.</param>
/// <param name="Seeds">Number of seeds, from 0.</param>
/// <param name="Epochs">Epochs of every run.</param>
/// <param name="ExpandAfter">Epochs before the split.</param>
/// <param name="Threads">Runs at a time.</param>
/// <param name="JsonFile">Where to write the runs as JSON; null for nowhere.</param>
/// <param name="CsvFile">Where to write the runs as CSV; null for nowhere.</param>
/// <param name="CheckpointFolder">Where runs are saved while they go on, each in a folder of its own; null for nowhere.</param>
/// <param name="Resume">Whether to go on with the runs of that folder.</param>
/// <param name="Quiet">Whether to print nothing but errors.</param>
internal sealed record StudyOptions(
    StudyModel Model, Device Device, int Seeds, int Epochs, int ExpandAfter, int Threads, string? JsonFile, string? CsvFile,
    string? CheckpointFolder, bool Resume, bool Quiet);
