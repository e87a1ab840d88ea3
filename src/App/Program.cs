return Karst.App.CommandLine.Run(args);
