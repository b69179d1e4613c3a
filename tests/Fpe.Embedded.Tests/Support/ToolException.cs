using Fpe.EndToEnd.Tests.Support;

namespace Fpe.Embedded.Tests.Support;

/// <summary>A compiler or an emulator failed.</summary>
internal sealed class ToolException(string tool, IEnumerable<string> arguments, CommandResult result)
    : FpeException($"{tool} {string.Join(' ', arguments)}: {result}");
