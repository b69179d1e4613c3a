namespace Fpe.Cli;

/// <summary>Strategies and policies in the words of the command line and of reports.</summary>
internal static class EnumWord
{
    /// <summary>The name of a value, in lower case.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
