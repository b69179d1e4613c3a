namespace Fpe.Training;

/// <summary>Reports the results of each epoch.</summary>
internal sealed class ProgressObserver(IProgress<EpochReport> progress) : ITrainingObserver
{
    public void EpochEnded(Model model, EpochReport report) => progress.Report(report);
}
