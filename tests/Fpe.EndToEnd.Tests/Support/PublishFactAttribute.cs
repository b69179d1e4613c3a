namespace Fpe.EndToEnd.Tests.Support;

/// <summary>A fact that is skipped, with the reason, where a program cannot be published together with .NET.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishFactAttribute : FactAttribute
{
    public PublishFactAttribute() => Skip = RuntimePack.Missing;
}
