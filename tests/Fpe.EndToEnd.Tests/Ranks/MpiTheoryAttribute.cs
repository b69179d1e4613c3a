namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>A theory that is skipped, with the reason, where Open MPI or MPICH is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = MpiRun.Missing;
}
