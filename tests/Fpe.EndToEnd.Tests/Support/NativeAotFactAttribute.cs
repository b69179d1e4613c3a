namespace Fpe.EndToEnd.Tests.Support;

/// <summary>A fact that is skipped, with the reason, where a program cannot be compiled ahead of time.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute() => Skip = RuntimePack.MissingForNativeAot;
}
