using Fpe.Cli.Running;

namespace Fpe.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgress : IStudyProgress
{
    public void Around(Action work) => work();

    public void RunEnded(RunOutcome outcome)
    {
    }
}
