namespace Fpe.Cli.Clusters;

/// <summary>The container file for the image of a program.</summary>
internal static class ContainerFile
{
    private const string ProgramFolder = "/app";

    /// <summary>Returns the command that starts the program in the container.</summary>
    /// <param name="call">How it was started here.</param>
    public static IReadOnlyList<string> Command(ProgramCall call) => ["dotnet", $"{ProgramFolder}/{Assembly(call)}"];

    /// <summary>Writes the file.</summary>
    /// <param name="writer">Receives the file.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="call">How it was started here.</param>
    public static void Write(TextWriter writer, string program, ProgramCall call)
    {
        string name = JobName.Of(program);
        string[] lines =
        [
            $"# In the folder of the project of {program}, with this file as Containerfile:",
            "#   dotnet publish -c Release --no-self-contained -p:PublishTrimmed=false -o publish",
            $"#   docker build -f Containerfile -t {name}:latest publish",
            $"FROM mcr.microsoft.com/dotnet/runtime:{Environment.Version.Major}.{Environment.Version.Minor}",
            $"WORKDIR {ProgramFolder}",
            "COPY . .",
            "USER $APP_UID",
            $"ENTRYPOINT [{string.Join(", ", Command(call).Select(word => $"\"{word}\""))}]",
        ];
        foreach (string line in lines)
            writer.Write(line + "\n");
    }

    // The executable file of a program lies beside its assembly.
    private static string Assembly(ProgramCall call) => ProgramCall.NameOf(call.Program[^1]) + ".dll";
}
