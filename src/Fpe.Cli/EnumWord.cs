namespace Fpe.Cli;

/// <summary>Strategies and policies as written on the command line and in reports.</summary>
internal static class EnumWord
{
    /// <summary>Returns the name of a value in lower case.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
