namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>A fact that is skipped, with the reason, where Open MPI or MPICH is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = MpiRun.Missing;
}
