namespace Fpe.Training;

/// <summary>Passes the results of each epoch on.</summary>
internal sealed class ProgressObserver(IProgress<EpochReport> progress) : ITrainingObserver
{
    public void EpochEnded(Model model, EpochReport report) => progress.Report(report);
}
