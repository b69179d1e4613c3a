namespace Fpe.EndToEnd.Tests.Sweeps.Kubernetes;

/// <summary>A theory that is skipped, with the reason, where the schema is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubernetesSchemaTheoryAttribute : TheoryAttribute
{
    public KubernetesSchemaTheoryAttribute() => Skip = KubernetesSchema.Missing;
}
